-- Orders and their intake. The recipient's name, phone and address are encrypted in recipient; phone_tail is a keyed digest for search.

create table import_batch (
    id text primary key,
    area_id text not null references service_area (id),
    partner_id text references partner (id),
    at bigint not null,
    doc text not null
);

create index import_batch_by_time on import_batch (area_id, at);

create table parcel (
    id text primary key,
    area_id text not null references service_area (id),
    partner_id text not null references partner (id),
    waybill text not null,
    hub_id text not null references hub (id),
    day text not null,
    state text not null,
    state_reason text,
    flow text not null,
    size text not null,
    weight_grams bigint not null,
    volume_ml bigint not null,
    handling text not null,
    is_damaged bigint not null,
    priority bigint not null,
    has_consent bigint not null,
    has_agreement bigint not null,
    designated_terminal_id text,
    epc text,
    release_at bigint not null,
    promise_start bigint not null,
    promise_end bigint not null,
    lon double precision not null,
    lat double precision not null,
    datum text not null,
    district text,
    options text not null,
    recipient {blob},
    phone_tail text,
    revision bigint not null,
    fingerprint text not null,
    plan_id text,
    route_id text,
    vehicle_id text,
    terminal_id text,
    compartment_size text,
    planned_at bigint,
    batch_id text references import_batch (id),
    created_at bigint not null,
    revised_at bigint not null,
    updated_at bigint not null,
    unique (partner_id, waybill)
);

create index parcel_by_day on parcel (area_id, day, state);
create index parcel_by_phone on parcel (phone_tail);
create index parcel_by_plan on parcel (plan_id);
create index parcel_by_terminal on parcel (terminal_id, state);

create table quarantine_row (
    id text primary key,
    area_id text not null references service_area (id),
    batch_id text not null references import_batch (id),
    partner_id text,
    row_number bigint not null,
    waybill text,
    status text not null,
    draft {blob} not null,
    raw_text {blob},
    problems text not null,
    at bigint not null,
    closed_at bigint,
    closed_by text,
    closing_reason text
);

create index quarantine_by_status on quarantine_row (area_id, status, at);
create index quarantine_by_batch on quarantine_row (batch_id);

create table daily_volume (
    day text not null,
    terminal_id text not null,
    partner_id text not null,
    s bigint not null,
    m bigint not null,
    l bigint not null,
    xl bigint not null,
    primary key (day, terminal_id, partner_id)
);
