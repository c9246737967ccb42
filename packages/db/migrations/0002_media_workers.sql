-- Every media worker that has been seen lately, what it can carry and what it carries, in cores.
create table media_workers (
  id uuid primary key,
  host text not null,
  capacity_cores double precision not null,
  used_cores double precision not null,
  seen_at timestamptz not null default now()
);

-- What happened in a stream, in order, for people to read.
create table stream_events (
  id bigint generated always as identity primary key,
  stream_id uuid not null references streams (id) on delete cascade,
  at timestamptz not null default now(),
  event jsonb not null
);
create index stream_events_stream on stream_events (stream_id, id);

-- The composing browser's own losses, as it reports them.
alter table stream_health add column composer jsonb;
