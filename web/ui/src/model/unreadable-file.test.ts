import { expect, test } from 'vitest';
import { intake } from '../i18n/en/intake';
import { causeOf } from './unreadable-file';

test.each([
  ['The file ends inside a quoted field of the record that begins on line 3. Maybe it was cut off.', { line: '3' }],
  ['The file is neither UTF-8 (byte 17 does not fit) nor GB18030 (near byte 40). Save it as "CSV UTF-8" and upload it again.', { utf8: '17', gb: '40' }],
  ['The file has more than 200000 rows. Split it and upload the parts; the same order twice does no harm.', { most: '200000' }],
  ['The file is empty.', {}],
])('%j has words of the page that name its numbers', (message, values) => {
  const cause = causeOf(message);
  expect(cause?.values).toEqual(values);
  const text = intake[cause?.key as keyof typeof intake];
  for (const name of Object.keys(values)) expect(text).toContain(`{${name}}`);
});

test('a cause that is not known has none', () => {
  expect(causeOf('"A" is no cell.')).toBeNull();
});
