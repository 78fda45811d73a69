import type { FieldShape } from './field-types';

/** `decimal(18,2)`, `array<string>`, `struct<a: long>`. */
export function typeText(shape: FieldShape): string {
  if (shape.type === 'decimal' && shape.precision) {
    return `decimal(${shape.precision},${shape.scale ?? 0})`;
  }
  if (shape.type === 'timestamp' && shape.timezone) return 'timestamp with time zone';
  if (shape.type === 'array' && shape.items) return `array<${typeText(shape.items)}>`;
  if (shape.type === 'struct' && shape.fields) {
    const members = shape.fields.map((member) => `${member.name}: ${typeText(member)}`);
    return `struct<${members.join(', ')}>`;
  }
  return shape.type;
}
