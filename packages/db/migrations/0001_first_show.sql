-- Times are timestamptz, keys are UUIDs made by the application or by gen_random_uuid().

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique,
  username text not null,
  password_hash text not null,
  subscription_tier text not null default 'free',
  administrator boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index users_username_key on users (lower(username));

-- A family is one signed-in browser; every refresh replaces the token hash within it.
create table session_families (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index session_families_user on session_families (user_id);

create table refresh_tokens (
  token_hash bytea primary key,
  family_id uuid not null references session_families (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_family on refresh_tokens (family_id);

create table studios (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  -- Snapshot of the studio document as of `seq`; studio_events holds the log.
  document jsonb not null,
  seq integer not null default 0,
  host_person_id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
create index studios_user on studios (user_id);

create table studio_events (
  studio_id uuid not null references studios (id) on delete cascade,
  seq integer not null,
  command jsonb not null,
  by_person uuid,
  command_id uuid,
  at timestamptz not null default now(),
  primary key (studio_id, seq)
);
-- A command sent twice (lost answer, reconnect) is stored once.
create unique index studio_events_command on studio_events (studio_id, command_id) where command_id is not null;

create table guest_links (
  id uuid primary key default gen_random_uuid(),
  studio_id uuid not null references studios (id) on delete cascade,
  role text not null check (role in ('co-host', 'moderator', 'guest')),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  uses integer not null default 0,
  created_at timestamptz not null default now()
);
create index guest_links_studio on guest_links (studio_id);

create table guests (
  -- Is the person's id in the studio document.
  id uuid primary key default gen_random_uuid(),
  studio_id uuid not null references studios (id) on delete cascade,
  guest_link_id uuid references guest_links (id) on delete set null,
  user_id uuid references users (id) on delete set null,
  display_name text not null,
  role text not null check (role in ('co-host', 'moderator', 'guest')),
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  removed_at timestamptz
);
create index guests_studio on guests (studio_id);
create index guests_link on guests (guest_link_id);
create index guests_user on guests (user_id);

create table streams (
  id uuid primary key default gen_random_uuid(),
  studio_id uuid not null references studios (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  title text not null,
  description text not null default '',
  status text not null default 'draft' check (status in ('draft', 'scheduled', 'live', 'ended')),
  livekit_room_name text not null,
  -- {programme: {width, height, fps, videoBitrate}, record: boolean}
  settings jsonb not null,
  scheduled_start timestamptz,
  actual_start timestamptz,
  end_time timestamptz,
  created_at timestamptz not null default now()
);
create index streams_studio on streams (studio_id);
create index streams_user on streams (user_id);
create index streams_status on streams (status);
create unique index streams_one_live_per_studio on streams (studio_id) where status = 'live';

create table destinations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  platform text not null check (platform in ('custom')),
  name text not null,
  rtmp_url text not null,
  -- AES-256-GCM with a key id; never leaves the server.
  stream_key_sealed text not null,
  created_at timestamptz not null default now()
);
create index destinations_user on destinations (user_id);

-- One stream's connection to a destination ("output"). `wanted` is the desired state, `status` and `metadata` the actual one.
create table stream_destinations (
  id uuid primary key default gen_random_uuid(),
  stream_id uuid not null references streams (id) on delete cascade,
  destination_id uuid references destinations (id) on delete set null,
  platform text not null check (platform in ('watch', 'custom')),
  name text not null,
  rtmp_url text,
  stream_key_sealed text,
  wanted boolean not null default true,
  retry_requested_at timestamptz,
  status text not null default 'pending' check (status in ('pending', 'connected', 'disconnected', 'error')),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index stream_destinations_stream on stream_destinations (stream_id);
create index stream_destinations_destination on stream_destinations (destination_id);
create unique index stream_destinations_once on stream_destinations (stream_id, destination_id)
  where wanted and destination_id is not null;
create unique index stream_destinations_one_watch on stream_destinations (stream_id) where wanted and platform = 'watch';

create table stream_health (
  stream_id uuid primary key references streams (id) on delete cascade,
  health jsonb not null,
  updated_at timestamptz not null default now()
);

create table recordings (
  id uuid primary key default gen_random_uuid(),
  -- A recording outlives its stream.
  stream_id uuid references streams (id) on delete set null,
  user_id uuid not null references users (id) on delete cascade,
  title text not null,
  -- Keys in the object store.
  file_url text,
  thumbnail_url text,
  file_size bigint,
  -- Seconds.
  duration double precision,
  resolution text,
  format text not null default 'mp4',
  status text not null default 'processing' check (status in ('processing', 'ready', 'error')),
  started_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index recordings_stream on recordings (stream_id);
create index recordings_user on recordings (user_id);

create table brand_assets (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  studio_id uuid not null references studios (id) on delete cascade,
  type text not null check (type in ('logo', 'background', 'overlay', 'lower_third')),
  file_url text not null,
  file_name text not null,
  -- {width, height} in pixels
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index brand_assets_user on brand_assets (user_id);
create index brand_assets_studio on brand_assets (studio_id);

-- Who composes a studio's programme; the epoch grows by one at each change.
create table composer_leases (
  studio_id uuid primary key references studios (id) on delete cascade,
  epoch integer not null,
  connection_id uuid,
  person_id uuid,
  expires_at timestamptz not null
);

-- Which media worker runs a stream; a worker with an older fence may not write.
create table media_leases (
  stream_id uuid primary key references streams (id) on delete cascade,
  worker_id uuid not null,
  fence bigint not null,
  expires_at timestamptz not null
);
