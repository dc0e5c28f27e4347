import { expect, it, vi } from 'vitest';

vi.mock('../../app-state', () => ({ language: { value: 'zh' } }));
const { deviceFaultInWords, messageInWords } = await import('./device-faults');

it.each([
  ['clock: at is 48 min ahead of the gateway', '设备时钟比网关快 48 min'],
  ['clock: at is 3 days behind the gateway', '设备时钟比网关慢 3 天'],
  ['a locker has no message "position"', '快递柜没有消息“position”'],
  ['not JSON: empty payload', '不是有效的 JSON'],
  ['state is "ajar"; expected open or closed', 'state 为 "ajar"，应为 open、closed'],
  ['purpose is missing; expected load, deposit, return or inventory', '缺少 purpose，应为 load、deposit、return、inventory'],
  ['battery is 1.4; expected 0 to 1', 'battery 为 1.4，应为 0–1'],
  ['seq is an object; expected a whole number of 0 or more', 'seq 为 对象，应为 不小于 0 的整数'],
  ['unknown compartment "99"', '此柜没有格口“99”'],
  ['compartments[3] "07": door is "half"; expected open, closed or unknown', 'compartments[3] "07"：door 为 "half"，应为 open、closed、unknown'],
  ['epcs[2]: it is listed twice', 'epcs[2]：重复列出'],
  ['foreign EPC urn:epc:id:sscc:0614141.1234567890: its company prefix is none of this network', 'EPC urn:epc:id:sscc:0614141.1234567890 的厂商识别代码不属于本网络'],
  ['stop or parcel is missing', '缺少 stop / parcel'],
])('%s', (text, words) => expect(deviceFaultInWords(text)).toBe(words));

it('keeps what it has no words for', () => expect(deviceFaultInWords('something new')).toBe('something new'));
it('names messages', () => expect([messageInWords('heartbeat'), messageInWords('new')]).toEqual(['心跳', 'new']));
