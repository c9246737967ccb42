import type { SurfaceFacts, WantedSurface } from '@streamus/compositor';
import type {
  ComposerHealth,
  ErrorCode,
  OutputView,
  ProgrammeHealth,
  StreamEvent,
  StreamView,
} from '@streamus/contracts';
import type { Composition, PersonId, Role, SourceId, StudioCommand, StudioDocument } from '@streamus/studio';
import type { StoreApi } from 'zustand/vanilla';
import type { HealthPoint } from './health-history.ts';
import type { LoadReason, Rung } from './load/ladder.ts';

export type { HealthPoint, LoadReason, Rung, SurfaceFacts, WantedSurface };

/** Why a device does not deliver, in the words the screens use. */
export type DeviceProblem = 'denied' | 'busy' | 'absent' | 'unplugged' | 'unsupported' | 'unknown';

export interface DeviceOption {
  readonly id: string;
  readonly label: string;
}

/** One's own camera or microphone as this tab has it. */
export interface LocalDevice {
  readonly on: boolean;
  readonly starting: boolean;
  readonly deviceId: string | null;
  readonly problem: DeviceProblem | null;
}

export interface DeviceChoices {
  readonly cameras: readonly DeviceOption[];
  readonly microphones: readonly DeviceOption[];
}

/** A person as the studio shows them: saved record, presence and room facts merged. */
export interface PersonView {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly you: boolean;
  /** Has a realtime socket open. */
  readonly connected: boolean;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly screenOn: boolean;
  readonly speaking: boolean;
  /** Loudness 0..1 for meters. */
  readonly level: number;
  /** On the stage of the scene in edit. */
  readonly onStage: boolean;
  readonly screenOnStage: boolean;
  /** Part of the programme: seen, as far as the layout shows them, and heard. */
  readonly onAir: boolean;
  readonly screenOnAir: boolean;
  readonly quality: 'unknown' | 'poor' | 'good' | 'excellent' | 'lost';
  /** Their picture on air stands still, as far as this tab composes it. */
  readonly frozen: boolean;
}

/** What the composing tab gives up now so that the programme stays smooth, and why. */
export interface LoadView {
  readonly rung: Rung;
  readonly reason: LoadReason | null;
}

export type ComposerView =
  /** This person's role does not compose, or nothing is connected yet. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'here';
      readonly fps: number;
      /** Cameras on the picture that stand still. */
      readonly frozen: readonly SourceId[];
      readonly load: LoadView;
      /** What paints; null until the first picture. */
      readonly surface: SurfaceFacts | null;
    }
  /** Another tab of a host composes; `takeOver()` moves the programme here. */
  | { readonly kind: 'elsewhere'; readonly holder: string }
  | { readonly kind: 'unsupported'; readonly missing: readonly string[] }
  /** The painter does not start in this page; another tab, or this one anew, may compose. */
  | { readonly kind: 'broken'; readonly reason: string };

export type ConnectionView =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  | { readonly kind: 'closed'; readonly reason: ErrorCode };

export interface StudioView {
  readonly connection: ConnectionView;
  readonly room: 'connecting' | 'connected' | 'reconnecting' | 'disconnected';
  readonly you: { readonly person: PersonId; readonly role: Role } | null;
  /** What the studio is called; null before the server has said so. */
  readonly studioName: string | null;
  /** Optimistic: own commands show before the server confirms them. */
  readonly document: StudioDocument | null;
  readonly people: readonly PersonView[];
  /** The studio's live stream, else the one that comes next, else null. */
  readonly stream: StreamView | null;
  readonly outputs: readonly OutputView[];
  readonly programmeHealth: ProgrammeHealth | null;
  /** How the composing browser fares, whichever it is. */
  readonly composing: ComposerHealth | null;
  /** The last ten minutes of this airing, as far as this tab has seen them. */
  readonly healthHistory: readonly HealthPoint[];
  /** What happened in this airing, oldest first, as far as it was told here. */
  readonly happened: readonly StreamEvent[];
  readonly composer: ComposerView;
  readonly camera: LocalDevice;
  readonly microphone: LocalDevice;
  readonly screen: { readonly on: boolean; readonly audio: boolean; readonly problem: DeviceProblem | null };
  readonly devices: DeviceChoices;
  /** Own microphone loudness 0..1. */
  readonly level: number;
  /** The last command the server refused, until dismissed. */
  readonly refusal: { readonly code: ErrorCode; readonly command: StudioCommand } | null;
}

export type CommandOutcome = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode };

/** A studio as one tab lives in it. Framework-free; web and mobile subscribe to `store`. */
export interface StudioSession {
  readonly store: StoreApi<StudioView>;
  /** Shows at once, resolves when the server accepted or refused. */
  command(command: StudioCommand): Promise<CommandOutcome>;
  dismissRefusal(): void;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  chooseCamera(deviceId: string): Promise<void>;
  chooseMicrophone(deviceId: string): Promise<void>;
  startScreen(): Promise<void>;
  stopScreen(): Promise<void>;
  /** Shows a source directly (not through the programme); returns the detach function. */
  attachSource(source: SourceId, element: HTMLVideoElement): () => void;
  /** Shows the composed programme: the painter's own pixels for the composer, `program-video` for everyone else. */
  attachProgramme(element: HTMLVideoElement): () => void;
  /** Needs a user gesture in some browsers: starts playback of everyone's sound. */
  startAudio(): Promise<void>;
  takeOver(): Promise<CommandOutcome>;
  /** What paints while this browser composes. */
  setSurface(wanted: WantedSurface): void;
  /**
   * Any composition as the painter draws it now, `width` pixels wide, for thumbnails and previews; null where the browser
   * cannot paint. The caller closes it.
   */
  picture(composition: Composition, width: number): Promise<ImageBitmap | null>;
  close(): Promise<void>;
}

export interface StudioSessionOptions {
  readonly studioId: string;
  /** Absent for members, who have a cookie. */
  readonly guestToken: string | null;
  readonly cameraId: string | null;
  readonly microphoneId: string | null;
  readonly cameraOn: boolean;
  readonly microphoneOn: boolean;
  /** What paints should this browser compose. */
  readonly surface: WantedSurface;
}

export interface DevicePreviewView {
  readonly camera: LocalDevice;
  readonly microphone: LocalDevice;
  readonly devices: DeviceChoices;
  readonly level: number;
}

/** The device check before entering: a picture of oneself and a meter that moves. */
export interface DevicePreview {
  readonly store: StoreApi<DevicePreviewView>;
  start(): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  chooseCamera(deviceId: string): Promise<void>;
  chooseMicrophone(deviceId: string): Promise<void>;
  attach(element: HTMLVideoElement): () => void;
  close(): Promise<void>;
}
