-- The column that says how old a row of a product is, as its owner or a steward chose it.
create table retention_column (
  "productId" text primary key references product(id) on delete cascade on update cascade,
  "column" text not null,
  "setById" text not null,
  "setAt" timestamptz(3) not null default current_timestamp
);
