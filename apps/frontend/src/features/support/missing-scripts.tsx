/**
 * Runs before anything else, ES5 only. A script of the page that did not come (a line that broke, a server that restarts) leaves
 * a page that shows nothing or answers to nothing: it is loaded again, once in half a minute; where the browser remembers nothing,
 * not at all, since that might never end. What is fetched later, in mid-show
 * perhaps, is the app's own affair.
 */
const listen = `addEventListener('error',function(e){var t=e.target;if(!t||t.tagName!=='SCRIPT'||!t.src||document.readyState==='complete')return;try{var k='streamus.loaded-again',n=Date.now();if(n-Number(sessionStorage.getItem(k)||0)<30000)return;sessionStorage.setItem(k,String(n))}catch(x){return}setTimeout(function(){location.reload()},1000)},true)`;

/** Loads the page again when one of its scripts did not come. */
export function MissingScripts({ nonce }: { nonce: string }) {
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // A constant of this file; it must listen before any bundle is asked for.
      dangerouslySetInnerHTML={{ __html: listen }}
    />
  );
}
