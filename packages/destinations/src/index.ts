export {
  openRtmp,
  type RtmpConnection,
} from './custom/rtmp-connection.ts';
export {
  checkTarget,
  isPrivateAddress,
  parseTarget,
  resolveTarget,
  type Target,
  type TargetResult,
} from './custom/target.ts';
export { type TestOptions, testConnection } from './custom/test-connection.ts';
