alter table recordings
  -- 0 to 1 while the file has to be encoded.
  add column progress double precision,
  -- [{seconds, kind}]
  add column chapters jsonb not null default '[]',
  -- [{duration, fileSize, resolution, key}]; keys in the object store.
  add column parts jsonb not null default '[]',
  -- The media worker that makes the file, for as long as it says so.
  add column finisher uuid,
  add column finisher_until timestamptz;
create index recordings_unfinished on recordings (started_at) where status = 'processing';
