import type { TextKey } from '../i18n';

// What the host says of a file it cannot read; numbers are taken over by name.
const CAUSES: readonly [RegExp, TextKey][] = [
  [/is empty/, 'unreadable.empty'],
  [/no header line/, 'unreadable.noHeader'],
  [/zero bytes/, 'unreadable.zeros'],
  [/says it is UTF-16, but near byte (?<byte>\d+)/, 'unreadable.utf16'],
  [/neither UTF-8 \(byte (?<utf8>\d+).*GB18030 \(near byte (?<gb>\d+)\)/, 'unreadable.encoding'],
  [/This is JSON/, 'unreadable.json'],
  [/web page or XML/, 'unreadable.xml'],
  [/old Excel workbook/, 'unreadable.xls'],
  [/ends inside a quoted field of the record that begins on line (?<line>\d+)/, 'unreadable.quote'],
  [/record that begins on line (?<line>\d+) is longer than (?<most>\d+)/, 'unreadable.record'],
  [/more than (?<most>\d+) rows/, 'unreadable.rows'],
  [/no Excel workbook/, 'unreadable.zip'],
  [/no sheet that can be read/, 'unreadable.sheet'],
  [/workbook is damaged/, 'unreadable.damaged'],
  [/unpacks to more/, 'unreadable.large'],
  [/more than (?<most>\d+) columns/, 'unreadable.columns'],
];

/** Why a file cannot be read: the text that says so and the numbers it names; null for a cause this page does not know. */
export function causeOf(message: string): { key: TextKey; values: Record<string, string> } | null {
  for (const [pattern, key] of CAUSES) {
    const found = pattern.exec(message);
    if (found) return { key, values: { ...found.groups } };
  }
  return null;
}
