import { createStudioSession, type StudioSession } from '../../src/index.ts';

declare global {
  interface Window {
    session: StudioSession;
    /** Enters the studio with camera and microphone on and shows the programme. */
    enter(guestToken: string | null): void;
    /** The programme as it is shown now: RGBA rows in base64. */
    grab(): { width: number; height: number; base64: string };
    connections: RTCPeerConnection[];
    players: HTMLAudioElement[];
  }
}

const STUDIO = '20000000-0000-4000-8000-000000000001';

const programme = document.createElement('video');
programme.style.width = '640px';
programme.style.height = '360px';
document.body.append(programme);

window.enter = (guestToken) => {
  window.session = createStudioSession({
    studioId: STUDIO,
    guestToken,
    cameraId: null,
    microphoneId: null,
    cameraOn: true,
    surface: 'automatic',
    microphoneOn: true,
  });
  window.session.attachProgramme(programme);
};

window.grab = () => {
  const canvas = new OffscreenCanvas(Math.max(1, programme.videoWidth), Math.max(1, programme.videoHeight));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(programme, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  let text = '';
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return { width, height, base64: btoa(text) };
};
