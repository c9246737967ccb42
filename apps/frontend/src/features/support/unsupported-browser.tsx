/**
 * Runs before anything else, in any browser since 2009: ES5 only. Cascade layers came with Chrome 99, Firefox 97 and
 * Safari 15.4: without them no style sheet of ours applies. Guests and viewers need no more; the studio and the pages that
 * lead to it use container units and `dvh` (Chrome 108, Firefox 110, Safari 16). ADR 6.
 */
const check = `(function(){
function all(list){for(var i=0;i<list.length;i++)if(!CSS.supports(list[i][0],list[i][1]))return false;return true}
var ok=false;
try{
ok=!!(window.CSS&&CSS.supports&&all([['aspect-ratio','1']])&&window.CSSLayerBlockRule&&window.Promise&&Promise.allSettled&&window.WebSocket&&window.ResizeObserver&&String.prototype.replaceAll);
if(ok&&!/^\\/(join|watch\\/.*)?$/.test(location.pathname))ok=all([['width','1cqw'],['height','1dvh']]);
}catch(e){ok=false}
if(!ok){var n=document.getElementById('unsupported');if(n){n.removeAttribute('hidden');n.style.display='block'}}
})()`;

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
