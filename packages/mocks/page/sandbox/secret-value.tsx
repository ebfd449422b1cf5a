import { CopyButton } from '../parts/copy-button.tsx';
import { MaskedValue } from '../parts/masked-value.tsx';

/** A secret that the page has already: masked until the person reveals it, and ready to copy. */
export function SecretValue({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <MaskedValue name={name} masked="[secret]" reveal={async () => value} />{' '}
      <CopyButton what={name} text={value} />
    </>
  );
}
