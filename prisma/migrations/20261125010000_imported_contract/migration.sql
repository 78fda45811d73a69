-- The outside document that a draft, and the product made of it, began with: kept whole, as it was read.
create table imported_contract (
  "draftId" text primary key references product_draft(id) on delete cascade on update cascade,
  format text not null,
  version text not null,
  object text,
  text text not null,
  "importedBy" text not null,
  "importedAt" timestamptz(3) not null default current_timestamp
);
