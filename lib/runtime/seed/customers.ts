import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { en, Faker } from '@faker-js/faker';

const ROWS = 5000;
const SEED = 20_260_101;
const FIRST_DAY = Date.UTC(2021, 0, 1);
const LAST_DAY = Date.UTC(2025, 11, 31);

const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/**
 * Writes the customers of the demo organisation as CSV with the columns of the specification's
 * customer product. Nobody in it exists: names and addresses come from a generator with a fixed seed.
 */
export async function writeCustomers(file: string): Promise<void> {
  const faker = new Faker({ locale: [en], seed: SEED });
  const out = createWriteStream(file);
  out.write('customer_id,customer_name,email,created_at\n');
  for (let index = 1; index <= ROWS; index++) {
    const firstName = faker.person.firstName();
    const lastName = faker.person.lastName();
    const email = `${firstName}.${lastName}.${index}@customers.example`.toLowerCase();
    const createdAt = new Date(faker.number.int({ min: FIRST_DAY, max: LAST_DAY }));
    const row = [
      `C-${String(index).padStart(6, '0')}`,
      `${firstName} ${lastName}`,
      email.replace(/[^a-z0-9.@-]/g, ''),
      createdAt.toISOString().slice(0, 19).replace('T', ' '),
    ];
    if (!out.write(`${row.map(cell).join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}
