/** Prints JSON as TypeScript. Of a list of objects, only the first is printed. */
export function printValue(value: unknown, indent = ''): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    const shown = typeof value[0] === 'object' ? value.slice(0, 1) : value;
    return `[${shown.map((item) => printValue(item, indent)).join(', ')}]`;
  }
  const inner = `${indent}  `;
  const properties = Object.entries(value).map(
    ([name, property]) => `${inner}${printName(name)}: ${printValue(property, inner)},`,
  );
  return ['{', ...properties, `${indent}}`].join('\n');
}

function printName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : printValue(name);
}
