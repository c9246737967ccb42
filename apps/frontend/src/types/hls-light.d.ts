/** The light build (no subtitles, DRM or alternate audio) has the same interface and ships no types of its own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
