-- The custody ledger: links are only ever added; states are computed from them and may be rebuilt at any time.

create table custody_link (
    parcel_id text not null references parcel (id),
    link_index bigint not null,
    event_id text not null unique,
    doc text not null,
    hash text not null,
    primary key (parcel_id, link_index)
);

create table custody_state (
    parcel_id text primary key references parcel (id),
    holder_kind text not null,
    holder_id text not null,
    -- The compartment the parcel's own events put it in, even when a later parcel displaced it.
    claim_id text,
    was_loaded bigint not null,
    folded text not null,
    settled text not null,
    head_index bigint not null,
    head_hash text not null
);

create index custody_state_by_claim on custody_state (claim_id);

-- The database itself keeps the promise that a compartment holds at most one parcel.
create unique index custody_state_one_per_compartment on custody_state (holder_id) where holder_kind = 'compartment';

create table day_closing (
    area_id text not null references service_area (id),
    day text not null,
    doc text not null,
    primary key (area_id, day)
);
