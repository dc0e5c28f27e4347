// Qualities of service, retained messages, overlapping and shared subscriptions, topics that begin with $.
import { equal, fence, fresh, messages, open, publish, subscribe, unsubscribe, until } from './lab.mjs';

export const cases = [];

for (const protocolVersion of [4, 5]) {
  const version = `v${protocolVersion}`;

  for (const sent of [0, 1, 2]) {
    for (const wanted of [0, 1, 2]) {
      cases.push([`${version} QoS ${sent} to a subscription of QoS ${wanted}`, async () => {
        const client = await open({ protocolVersion });
        const topic = fresh('qos');
        equal(await subscribe(client, topic, { qos: wanted }), [wanted], 'granted');
        await publish(client, topic, 'x', { qos: sent });
        await messages(client, 1);
        await fence(client);
        equal(client.got.map((m) => [m.payload, m.qos, m.retain]), [['x', Math.min(sent, wanted), false]], 'messages');
      }]);
    }
  }

  cases.push([`${version} retained: kept, replaced, cleared`, async () => {
    const [writer, early, late] = [await open({ protocolVersion }), await open({ protocolVersion }), await open({ protocolVersion })];
    const topic = fresh('retained');
    await publish(writer, topic, 'a', { qos: 1, retain: true });
    await publish(writer, topic, 'b', { qos: 1, retain: true });
    await subscribe(early, topic);
    await messages(early, 1);
    equal(early.got.map((m) => [m.payload, m.retain]), [['b', true]], 'newest only');
    await publish(writer, topic, '', { qos: 1, retain: true });
    await subscribe(late, topic);
    await fence(late);
    equal(late.got, [], 'after clearing');
  }]);

  cases.push([`${version} wildcards match what they should`, async () => {
    const client = await open({ protocolVersion });
    const root = fresh('tree');
    for (const filter of [`${root}/+/c`, `${root}/d/#`]) await subscribe(client, filter, { qos: 1 });
    for (const topic of ['b/c', 'b/x/c', '/c', 'd', 'd/e/f', 'e']) await publish(client, `${root}/${topic}`, topic, { qos: 1 });
    await fence(client);
    equal(client.got.map((m) => m.payload), ['b/c', '/c', 'd', 'd/e/f'], 'matched');
  }]);

  cases.push([`${version} overlapping subscriptions give the highest QoS`, async () => {
    const client = await open({ protocolVersion });
    const root = fresh('overlap');
    await subscribe(client, `${root}/#`, { qos: 0 });
    await subscribe(client, `${root}/+`, { qos: 2 });
    await publish(client, `${root}/a`, 'x', { qos: 2 });
    await messages(client, 1);
    await fence(client);
    equal(Math.max(...client.got.map((m) => m.qos)), 2, 'highest QoS');
  }]);

  cases.push([`${version} # and + at the root do not match topics that begin with $`, async () => {
    const [reader, writer] = [await open({ protocolVersion }), await open({ protocolVersion })];
    const name = fresh('dollar');
    for (const filter of ['#', `+/${name}`]) await subscribe(reader, filter, { qos: 0 });
    await publish(writer, `$other/${name}`, 'hidden', { qos: 1 });
    await publish(writer, `seen/${name}`, 'seen', { qos: 1 });
    await until(() => reader.got.some((m) => m.payload === 'seen'), () => 'the ordinary topic');
    equal(reader.got.filter((m) => m.topic.startsWith('$')), [], 'messages under $');
  }]);

  cases.push([`${version} nothing comes after unsubscribing`, async () => {
    const client = await open({ protocolVersion });
    const topic = fresh('gone');
    await subscribe(client, topic);
    const codes = await unsubscribe(client, [topic, fresh('never')]);
    if (protocolVersion === 5) equal(codes, [0x00, 0x11], 'reason codes');
    await publish(client, topic, 'x', { qos: 1 });
    await fence(client);
    equal(client.got, [], 'messages');
  }]);

  cases.push([`${version} a filter the gateway does not serve is refused`, async () => {
    const client = await open({ protocolVersion });
    equal(await subscribe(client, 'test/nosubscribe', { qos: 0 }), [0x80], 'granted');
  }]);
}

cases.push(['v5 shared subscription: each message once, both members work', async () => {
  const [one, other, writer] = [await open(), await open(), await open()];
  const topic = fresh('shared');
  for (const member of [one, other]) await subscribe(member, `$share/group/${topic}`, { qos: 1 });
  for (let i = 0; i < 40; i++) await publish(writer, topic, `${i}`, { qos: 1 });
  await until(() => one.got.length + other.got.length >= 40, () => `40 messages, got ${one.got.length} and ${other.got.length}`);
  await fence(one);
  await fence(other);
  equal([...one.got, ...other.got].map((m) => Number(m.payload)).sort((a, b) => a - b), [...Array(40).keys()], 'each once');
  equal(one.got.length > 5 && other.got.length > 5, true, `a fair share (${one.got.length} and ${other.got.length})`);
}]);

cases.push(['v5 a megabyte arrives as it was sent', async () => {
  const client = await open();
  const topic = fresh('large');
  await subscribe(client, topic);
  const payload = 'y'.repeat(1_000_000);
  await publish(client, topic, payload, { qos: 2 });
  await messages(client, 1);
  equal(client.got[0].payload === payload, true, 'the same bytes');
}]);

cases.push(['v5 QoS 1 that nobody reads is acknowledged with 0x10', async () => {
  const client = await open();
  const answered = new Promise((resolve) => client.on('packetreceive', (packet) => { if (packet.cmd === 'puback') resolve(packet.reasonCode); }));
  await publish(client, fresh('nobody'), 'x', { qos: 1 });
  equal(await answered, 0x10, 'reason');
}]);
