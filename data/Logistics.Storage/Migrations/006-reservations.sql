-- Reservations are found by their parcel.

create index compartment_by_parcel on compartment (parcel_id);
