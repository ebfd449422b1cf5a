/** Multiplies two elements of the dihedral group of order 10, which the Verhoeff algorithm uses. */
function dihedralProduct(a: number, b: number): number {
  const rotation = a < 5 ? (a + b) % 5 : (a - b + 10) % 5;
  return a < 5 === b < 5 ? rotation : rotation + 5;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Whether the last digit of a number is its Verhoeff check digit, as in an Aadhaar number. */
export function hasVerhoeffDigit(digits: number[]): boolean {
  const checksum = digits
    .toReversed()
    .reduce((sum, digit, position) => dihedralProduct(sum, permute(digit, position % 8)), 0);
  return checksum === 0;
}

function permute(digit: number, times: number): number {
  return times === 0 ? digit : permute(permutation[digit] ?? 0, times - 1);
}

const gstinAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Whether the last character of a GSTIN is the check character of the 14 characters before it. */
export function hasGstinCharacter(gstin: string): boolean {
  const sum = [...gstin.slice(0, 14)].reduce((total, character, position) => {
    const product = gstinAlphabet.indexOf(character) * (position % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return gstinAlphabet[(36 - (sum % 36)) % 36] === gstin[14];
}
