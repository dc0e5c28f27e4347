-- The network: what changes by decision, not by the hour. Key columns carry the constraints; the rest of each record is its JSON in doc.

create table setting (
    name text primary key,
    value text not null,
    updated_at bigint not null
);

create table service_area (
    id text primary key,
    code text not null unique,
    doc text not null
);

create table partner (
    id text primary key,
    code text not null unique,
    doc text not null
);

create table hub (
    id text primary key,
    area_id text not null references service_area (id),
    code text not null,
    doc text not null,
    unique (area_id, code)
);

create table terminal (
    id text primary key,
    area_id text not null references service_area (id),
    code text not null,
    kind text not null,
    district text,
    doc text not null,
    unique (area_id, code)
);

create table compartment (
    id text primary key,
    terminal_id text not null references terminal (id),
    label text not null,
    size text not null,
    use_state text not null,
    door text not null,
    service text not null,
    parcel_id text,
    since bigint,
    unique (terminal_id, label)
);

create table vehicle (
    id text primary key,
    area_id text not null references service_area (id),
    plate text not null,
    home_hub_id text not null references hub (id),
    doc text not null,
    unique (area_id, plate)
);

create table courier (
    id text primary key,
    area_id text not null references service_area (id),
    code text not null,
    home_hub_id text not null references hub (id),
    doc text not null,
    unique (area_id, code)
);

create table shift (
    id text primary key,
    area_id text not null references service_area (id),
    day text not null,
    courier_id text not null references courier (id),
    vehicle_id text not null references vehicle (id),
    doc text not null
);

create index shift_by_day on shift (area_id, day);

create table access_rule (
    id text primary key,
    area_id text not null references service_area (id),
    doc text not null
);

create table calendar_day (
    day text primary key,
    doc text not null
);
