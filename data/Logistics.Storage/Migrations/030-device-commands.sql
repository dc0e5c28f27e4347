-- Commands to devices, and how far their answers have been read from the event log.

create table device_command (
    id text primary key,
    device text not null,
    is_finished bigint not null,
    doc text not null
);

create index device_command_by_device on device_command (device, id);
create index device_command_unfinished on device_command (id) where is_finished = 0;

create table device_command_cursor (
    only_row bigint primary key,
    position bigint not null
);
