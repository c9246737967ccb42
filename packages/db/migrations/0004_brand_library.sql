-- The brand library belongs to a user and serves all of their studios.

create table brand_folders (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  -- Images of a deleted folder show without one; they are back in it when it is restored.
  deleted_at timestamptz
);
create index brand_folders_user on brand_folders (user_id);

alter table brand_assets
  drop column studio_id,
  add column folder_id uuid references brand_folders (id) on delete set null,
  add column content_type text not null default 'image/png',
  -- Of image and thumbnail together; images from before this migration count nothing.
  add column bytes bigint not null default 0,
  -- Key in the object store; null: the image serves as its own thumbnail.
  add column thumbnail_url text;
create index brand_assets_folder on brand_assets (folder_id);

create table brand_kits (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  content jsonb not null,
  -- Grows by one with each change; a change must name the version it was made from.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index brand_kits_user on brand_kits (user_id);
