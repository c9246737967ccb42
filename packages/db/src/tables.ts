import type {
  BrandFolderId,
  Chapter,
  ComposerHealth,
  DestinationId,
  GuestLinkId,
  OutputHealth,
  OutputId,
  Platform,
  ProgrammeHealth,
  RecordingId,
  RecordingPart,
  StreamHappening,
  StreamId,
  StreamStatus,
  StudioId,
  UserId,
} from '@streamus/contracts';
import type {
  AnyCommand,
  AssetId,
  BrandKitContent,
  BrandKitId,
  PersonId,
  Programme,
  Role,
  SavedDocument,
} from '@streamus/studio';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Time = ColumnType<Date, Date | string, Date | string>;
type GeneratedTime = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Json<T extends object> = JSONColumnType<T, string, string>;
/** Output health is an empty object until the media engine has written it once. */
type HealthJson = ColumnType<OutputHealth | Record<string, never>, string | undefined, string>;

export interface StreamSettings {
  readonly programme: Programme;
  readonly record: boolean;
}

/** A part of a recording, and its key in the object store. */
export interface StoredPart extends RecordingPart {
  readonly key: string;
}

export type GuestRole = Exclude<Role, 'host'>;

export interface Database {
  users: {
    id: Generated<UserId>;
    email: string;
    username: string;
    password_hash: string;
    subscription_tier: Generated<string>;
    administrator: Generated<boolean>;
    created_at: GeneratedTime;
  };
  session_families: {
    id: Generated<string>;
    user_id: UserId;
    created_at: GeneratedTime;
    last_used_at: GeneratedTime;
    revoked_at: NullableTime;
  };
  refresh_tokens: { token_hash: Buffer; family_id: string; expires_at: Time; used_at: NullableTime };
  studios: {
    id: Generated<StudioId>;
    user_id: UserId;
    name: string;
    /** Of whatever version it was saved in: `migrate` reads it. */
    document: Json<SavedDocument>;
    seq: Generated<number>;
    host_person_id: Generated<PersonId>;
    created_at: GeneratedTime;
  };
  studio_events: {
    studio_id: StudioId;
    seq: number;
    command: Json<AnyCommand>;
    by_person: PersonId | null;
    command_id: string | null;
    at: GeneratedTime;
  };
  guest_links: {
    id: Generated<GuestLinkId>;
    studio_id: StudioId;
    role: GuestRole;
    token_hash: Buffer;
    expires_at: Time;
    revoked_at: NullableTime;
    uses: Generated<number>;
    created_at: GeneratedTime;
  };
  guests: {
    id: Generated<PersonId>;
    studio_id: StudioId;
    guest_link_id: GuestLinkId | null;
    user_id: UserId | null;
    display_name: string;
    role: GuestRole;
    joined_at: GeneratedTime;
    left_at: NullableTime;
    removed_at: NullableTime;
  };
  streams: {
    id: Generated<StreamId>;
    studio_id: StudioId;
    user_id: UserId;
    title: string;
    description: Generated<string>;
    status: Generated<StreamStatus>;
    livekit_room_name: string;
    settings: Json<StreamSettings>;
    scheduled_start: NullableTime;
    actual_start: NullableTime;
    end_time: NullableTime;
    created_at: GeneratedTime;
  };
  destinations: {
    id: Generated<DestinationId>;
    user_id: UserId;
    platform: 'custom';
    name: string;
    rtmp_url: string;
    stream_key_sealed: string;
    created_at: GeneratedTime;
  };
  stream_destinations: {
    id: Generated<OutputId>;
    stream_id: StreamId;
    destination_id: DestinationId | null;
    platform: Platform;
    name: string;
    rtmp_url: string | null;
    stream_key_sealed: string | null;
    wanted: Generated<boolean>;
    retry_requested_at: NullableTime;
    status: Generated<'pending' | 'connected' | 'disconnected' | 'error'>;
    metadata: HealthJson;
    created_at: GeneratedTime;
  };
  stream_health: {
    stream_id: StreamId;
    health: Json<ProgrammeHealth>;
    composer: JSONColumnType<ComposerHealth | null, string | null | undefined, string | null>;
    updated_at: GeneratedTime;
  };
  stream_events: {
    id: ColumnType<number, never, never>;
    stream_id: StreamId;
    at: GeneratedTime;
    event: Json<StreamHappening>;
  };
  media_workers: {
    id: string;
    host: string;
    capacity_cores: number;
    used_cores: number;
    seen_at: GeneratedTime;
  };
  recordings: {
    id: Generated<RecordingId>;
    stream_id: StreamId | null;
    user_id: UserId;
    title: string;
    file_url: string | null;
    thumbnail_url: string | null;
    file_size: ColumnType<number | null, number | null | undefined, number | null>;
    duration: number | null;
    resolution: string | null;
    format: Generated<string>;
    status: Generated<'processing' | 'ready' | 'error'>;
    started_at: GeneratedTime;
    deleted_at: NullableTime;
    progress: ColumnType<number | null, number | null | undefined, number | null>;
    chapters: ColumnType<Chapter[], string | undefined, string>;
    parts: ColumnType<StoredPart[], string | undefined, string>;
    finisher: ColumnType<string | null, string | null | undefined, string | null>;
    finisher_until: NullableTime;
  };
  brand_assets: {
    id: Generated<AssetId>;
    user_id: UserId;
    folder_id: BrandFolderId | null;
    type: 'logo' | 'background' | 'overlay' | 'lower_third';
    file_url: string;
    file_name: string;
    content_type: Generated<'image/png' | 'image/jpeg'>;
    bytes: Generated<number>;
    thumbnail_url: string | null;
    settings: Json<{ width: number; height: number }>;
    created_at: GeneratedTime;
    deleted_at: NullableTime;
  };
  brand_folders: {
    id: Generated<BrandFolderId>;
    user_id: UserId;
    name: string;
    created_at: GeneratedTime;
    deleted_at: NullableTime;
  };
  brand_kits: {
    id: Generated<BrandKitId>;
    user_id: UserId;
    name: string;
    content: Json<BrandKitContent>;
    version: Generated<number>;
    created_at: GeneratedTime;
    updated_at: GeneratedTime;
    deleted_at: NullableTime;
  };
  composer_leases: {
    studio_id: StudioId;
    epoch: number;
    connection_id: string | null;
    person_id: PersonId | null;
    expires_at: Time;
  };
  media_leases: {
    stream_id: StreamId;
    worker_id: string;
    fence: ColumnType<number, number, number>;
    expires_at: Time;
  };
}
