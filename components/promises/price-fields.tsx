import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type ErrorOf, type Promises, said } from './promises';

interface PriceFieldsProps {
  price: Promises['price'];
  errorOf?: ErrorOf;
  onChange: (price: Promises['price']) => void;
}

/** What it costs to read; nothing is charged here. */
export function PriceFields({ price = {}, errorOf, onChange }: PriceFieldsProps) {
  const set = (patch: NonNullable<Promises['price']>) => onChange(said({ ...price, ...patch }));
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Amount" optional error={errorOf?.('price.amount')}>
        <Input
          type="number"
          min={0}
          step="any"
          value={price.amount ?? ''}
          onChange={({ target: { value } }) =>
            set({ amount: value === '' ? undefined : Number(value) })
          }
        />
      </Field>
      <Field label="Currency" optional error={errorOf?.('price.currency')}>
        <Input
          maxLength={3}
          placeholder="EUR"
          value={price.currency ?? ''}
          onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
        />
      </Field>
      <Field
        label="For each"
        optional
        hint="For example month, or megabyte."
        error={errorOf?.('price.unit')}
      >
        <Input
          maxLength={200}
          value={price.unit ?? ''}
          onChange={(event) => set({ unit: event.target.value })}
        />
      </Field>
    </div>
  );
}
