-- Accounts, tokens and the audit trail.

create table app_user (
    id text primary key,
    sign_in_name text not null unique,
    role text not null,
    partner_id text references partner (id),
    doc text not null
);

create table api_token (
    id text primary key,
    user_id text not null references app_user (id),
    secret_hash text not null unique,
    doc text not null,
    last_used_at bigint
);

create index api_token_by_user on api_token (user_id);

create table audit_entry (
    id text primary key,
    at bigint not null,
    actor text not null,
    action text not null,
    object_kind text not null,
    object_id text not null,
    partner_id text,
    before_doc text,
    after_doc text,
    reason text,
    remote text
);

create index audit_by_time on audit_entry (at);
create index audit_by_object on audit_entry (object_kind, object_id, at);
