/**
 * Runs before anything else, in any browser since 2009: ES5 only. Cascade layers came with Chrome 99, Firefox 97 and
 * Safari 15.4: without them no style sheet of ours applies.
 */
const check = `(function(){var ok=false;try{ok=!!(window.CSS&&CSS.supports&&CSS.supports('aspect-ratio','1')&&window.CSSLayerBlockRule&&window.Promise&&Promise.allSettled&&window.WebSocket&&window.ResizeObserver&&String.prototype.replaceAll)}catch(e){}if(!ok){var n=document.getElementById('unsupported');if(n){n.removeAttribute('hidden');n.style.display='block'}}})()`;

/** Tells people with a browser too old for any page, in words, without needing a style sheet or the app itself. */
export function UnsupportedBrowser(props: { nonce: string; title: string; text: string; how: string }) {
  return (
    <>
      <div
        id="unsupported"
        hidden
        suppressHydrationWarning
        role="alert"
        style={{
          position: 'fixed',
          zIndex: 1000,
          top: 0,
          left: 0,
          width: '100%',
          height: '100%',
          padding: '15% 8%',
          boxSizing: 'border-box',
          background: '#0a0c10',
          color: '#eef1f6',
          font: '18px/1.5 sans-serif',
        }}
      >
        <h1 style={{ fontSize: '28px', margin: '0 0 16px' }}>{props.title}</h1>
        <p style={{ margin: '0 0 16px', maxWidth: '36em' }}>{props.text}</p>
        <p style={{ margin: 0, maxWidth: '36em' }}>{props.how}</p>
      </div>
      <script
        nonce={props.nonce}
        suppressHydrationWarning
        // A constant of this file; the browser check must run before any bundle.
        dangerouslySetInnerHTML={{ __html: check }}
      />
    </>
  );
}
