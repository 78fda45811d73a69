const words = (text: string) => text.trim().split(/\s+/);

/** What organisations keep data about, how they cut it, and what their columns are called; common ones first. */
export const SUBJECTS =
  words(`customer order invoice payment product shipment employee supplier ticket campaign session
  contract account subscription inventory purchase return refund delivery warehouse store visit lead opportunity quote
  budget ledger asset claim policy risk fraud alert incident deployment service machine sensor batch inspection defect
  maintenance energy emission vehicle route driver flight airport weather station patient appointment prescription
  laboratory trial sample dose ward insurance premium loan mortgage deposit card transfer exchange trade portfolio bond
  equity derivative settlement collateral tax audit finding vendor tender bid permit licence property tenant lease
  building meter outage feeder turbine pipeline well vessel container port customs tariff parcel courier pallet shelf
  planogram promotion voucher loyalty survey review sentiment mention audience segment consent newsletter click
  impression conversion experiment feature crash error trace metric log request vulnerability patch certificate
  identity role permission course learner grade enrolment scholarship candidate interview vacancy payroll absence
  timesheet shift roster skill training travel expense`);
export const ASPECTS =
  words(`profile history summary daily monthly weekly events master details status forecast score
  segments hierarchy mapping snapshot archive quality totals lines movements attributes contacts changes balances
  rates limits plan actuals targets exceptions corrections features labels predictions embeddings reference
  dimensions facts journeys touchpoints consents addresses identifiers relations ratings comments documents
  attachments approvals schedules allocations reservations cancellations escalations resolutions`);
export const SCOPES =
  words(`global emea apac americas nordics dach iberia benelux uk france italy poland japan korea india
  brazil mexico canada wholesale retail online partner corporate consumer premium legacy internal external regulated
  realtime curated raw trusted sandbox v2 finance-view sales-view operations-view`);
export const SUFFIXES =
  words(`id code name type status date created_at updated_at amount currency quantity rate score
  count reason category region country city email phone address description flag level version source channel
  start_date end_date owner_id parent_id external_id total_amount unit_price net_amount gross_amount tax_amount
  latitude longitude duration_ms valid_from valid_to is_active is_deleted comment priority severity`);
export const TAGS =
  words(`core pii gdpr finance-reporting kpi real-time batch golden-record reference-data certified
  experimental machine-learning operational analytical regulatory esg customer-360 master-data external telemetry
  historical sensitive sox hipaa basel marketing-mix supply-chain forecasting clickstream iot`);
export const VERBS =
  words(`collected merged cleaned sampled reconciled estimated matched enriched aggregated validated
  imported deduplicated corrected masked archived published scored ranked grouped exported`);
export const FIRST_NAMES =
  words(`Ines Tomas Grace Priya Jonas Margit Oskar Femi Helga Sofia Daniel Yara Liam Nadia Ravi
  Chloe Kenji Elena Marcus Amara Lucia Peter Mei Omar Ingrid Pablo Aisha Viktor Lena Hugo Noor Emil Tara Ivan Rosa`);
export const LAST_NAMES =
  words(`Moreau Lindqvist Oyelaran Raman Weber Haas Nieminen Adeyemi Brandt Marchetti Okafor
  Haddad Gallagher Petrova Subramanian Tremblay Watanabe Popescu Feldmann Diallo Castillo Novak Chen Rahman Berg
  Ferrer Mwangi Horvat Schmidt Laurent Khan Larsen Silva Kowalski Romano`);
