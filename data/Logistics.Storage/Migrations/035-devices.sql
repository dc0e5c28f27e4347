-- Devices the network knows, their twins (the last reported truth, made of the event log), tracks and alarms.

create table device (
    device text primary key,
    kind text not null,
    name text not null,
    terminal_id text references terminal (id),
    vehicle_id text references vehicle (id),
    courier_id text references courier (id),
    registered_at bigint not null
);

create table twin (
    device text primary key,
    kind text not null,
    doc text not null,
    summary text not null,
    recent text not null
);

-- The position of the last event in the twins; written in their transaction.
create table twin_position (
    only_row bigint primary key,
    position bigint not null
);

create table device_alarm (
    id text primary key,
    device text not null,
    rule text not null,
    subject text not null,
    started_at bigint not null,
    raised_at bigint not null,
    ended_at bigint,
    detail text not null,
    owner text,
    acknowledged_at bigint,
    acknowledged_by text
);

create index device_alarm_open on device_alarm (raised_at) where ended_at is null;
create index device_alarm_by_device on device_alarm (device, raised_at);

create table device_track (
    device text not null,
    at bigint not null,
    boot bigint not null,
    seq bigint not null,
    lon double precision not null,
    lat double precision not null,
    speed double precision,
    heading double precision,
    accuracy double precision,
    primary key (device, at, boot, seq)
);
