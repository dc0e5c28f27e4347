// What MQTT 5 adds: aliases, identifiers, options, flow control, sizes, and the limits announced in CONNACK.
import mqttPacket from 'mqtt-packet';
import { equal, fence, fresh, messages, open, publish, subscribe, until } from './lab.mjs';

export const cases = [];

cases.push(['topic alias from the client', async () => {
  const [writer, reader] = [await open(), await open()];
  const topic = fresh('alias');
  await subscribe(reader, topic);
  await publish(writer, topic, '1', { qos: 1, properties: { topicAlias: 1 } });
  await publish(writer, '', '2', { qos: 1, properties: { topicAlias: 1 } });
  await messages(reader, 2);
  equal(reader.got.map((m) => [m.topic, m.payload]), [[topic, '1'], [topic, '2']], 'messages');
}]);

cases.push(['topic alias to the client', async () => {
  const [reader, writer] = [await open({ properties: { topicAliasMaximum: 5 } }), await open()];
  const topic = fresh('alias');
  await subscribe(reader, topic);
  for (const payload of '123') await publish(writer, topic, payload, { qos: 1 });
  await messages(reader, 3);
  equal(reader.got.map((m) => m.topic), [topic, topic, topic], 'topics');
  equal(reader.arrived.map((m) => m.properties?.topicAlias), [1, 1, 1], 'aliases');
}]);

cases.push(['topic alias beyond the maximum: 0x94', async () => {
  const client = await open();
  client.stream.write(Buffer.from([0x30, 10, 0, 3, 97, 47, 98, 3, 0x23, 0, 11, 120]));
  await until(() => client.dis, () => 'a DISCONNECT');
  equal(client.dis.reasonCode, 0x94, 'reason');
}]);

cases.push(['every matching subscription identifier', async () => {
  const client = await open();
  const root = fresh('identified');
  await subscribe(client, `${root}/#`, { qos: 1, properties: { subscriptionIdentifier: 7 } });
  await subscribe(client, `${root}/a`, { qos: 1, properties: { subscriptionIdentifier: 268_435_455 } });
  await publish(client, `${root}/a`, 'x', { qos: 1 });
  await messages(client, 1);
  await fence(client);
  equal(client.got.flatMap((m) => m.properties.subscriptionIdentifier).sort((a, b) => a - b), [7, 268_435_455], 'identifiers');
}]);

cases.push(['no local, retain as published, retain handling', async () => {
  const [writer, reader] = [await open(), await open()];
  const topic = fresh('options');
  await subscribe(writer, topic, { qos: 1, nl: true });
  await publish(writer, topic, 'own', { qos: 1 });
  await fence(writer);
  equal(writer.got, [], 'own message with no local');
  await subscribe(reader, topic, { qos: 1, rap: true });
  await publish(writer, topic, 'kept', { qos: 1, retain: true });
  await messages(reader, 1);
  equal(reader.got[0].retain, true, 'retain as published');
  for (const rh of [1, 2]) await subscribe(reader, topic, { qos: 1, rh });
  await fence(reader);
  equal(reader.got.length, 1, 'retain handling 1 and 2 on a subscription that existed');
  await subscribe(reader, topic, { qos: 1, rh: 0 });
  await messages(reader, 2);
  await publish(writer, topic, '', { qos: 1, retain: true });
}]);

cases.push(['request, response, content type, format and user properties pass through', async () => {
  const [asker, answerer] = [await open(), await open()];
  const topic = fresh('request');
  await subscribe(answerer, topic);
  const properties = { responseTopic: `${topic}/answer`, correlationData: Buffer.from([1, 2, 0, 3]), contentType: 'text/plain', payloadFormatIndicator: true, userProperties: { a: ['1', '2'], b: '3' } };
  await subscribe(asker, properties.responseTopic);
  await publish(asker, topic, '?', { qos: 1, properties });
  const [request] = await messages(answerer, 1);
  equal(request.properties, properties, 'properties');
  await publish(answerer, request.properties.responseTopic, '!', { qos: 1, properties: { correlationData: request.properties.correlationData } });
  const [answer] = await messages(asker, 1);
  equal([answer.payload, [...answer.properties.correlationData]], ['!', [1, 2, 0, 3]], 'answer');
}]);

cases.push(['a client\'s maximum packet size: larger messages are left out', async () => {
  const [reader, writer] = [await open({ properties: { maximumPacketSize: 200 } }), await open()];
  const topic = fresh('sized');
  await subscribe(reader, topic);
  await publish(writer, topic, 'x'.repeat(500), { qos: 1 });
  await publish(writer, topic, 'small', { qos: 1 });
  await messages(reader, 1);
  equal(reader.got.map((m) => m.payload), ['small'], 'messages');
}]);

cases.push(['a packet beyond the gateway\'s maximum: 0x95', async () => {
  const client = await open();
  client.stream.write(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x01]));
  await until(() => client.dis, () => 'a DISCONNECT');
  equal(client.dis.reasonCode, 0x95, 'reason');
}]);

cases.push(['a client\'s receive maximum is kept, and everything arrives in order', async () => {
  let answer = null;
  const [reader, writer] = [await open({ properties: { receiveMaximum: 3 }, customHandleAcks: (topic, message, packet, done) => { answer = done; } }), await open()];
  // MQTT.js looks at one message at a time; what the gateway has sent is seen on the wire.
  const [wire, arrived] = [mqttPacket.parser({ protocolVersion: 5 }), []];
  reader.stream.on('data', (bytes) => wire.parse(bytes));
  wire.on('packet', (packet) => arrived.push(packet.cmd === 'publish' ? Number(packet.payload) : packet.cmd));
  const topic = fresh('flow');
  await subscribe(reader, topic, { qos: 1 });
  await Promise.all([...Array(20).keys()].map((i) => publish(writer, topic, `${i}`, { qos: 1 })));
  // The gateway has all twenty and no acknowledgement: a ping is answered after three of them.
  reader.stream.write(Buffer.from([0xC0, 0]));
  await until(() => arrived.includes('pingresp'), () => `the answer to a ping, got ${arrived}`);
  equal(arrived, ['suback', 0, 1, 2, 'pingresp'], 'on the wire');
  while (reader.got.length < 20) {
    await until(() => answer !== null, () => `the rest, got ${arrived}`);
    const done = answer;
    answer = null;
    done(0);
  }
  equal(reader.got.map((m) => Number(m.payload)), [...Array(20).keys()], 'order');
}]);

cases.push(['an identifier is assigned, and what is limited is announced', async () => {
  const client = await open({ clientId: '' });
  const { assignedClientIdentifier, topicAliasMaximum, maximumPacketSize, receiveMaximum } = client.ack.properties;
  equal(assignedClientIdentifier?.length > 0, true, 'assigned');
  equal([topicAliasMaximum, maximumPacketSize, receiveMaximum], [10, 2_000_000, 20], 'limits');
}]);

cases.push(['a longer keep-alive than allowed is answered with the gateway\'s own', async () => {
  equal((await open({ keepalive: 900 })).ack.properties.serverKeepAlive, 60, 'server keep alive');
  equal((await open({ keepalive: 50 })).ack.properties?.serverKeepAlive, undefined, 'server keep alive for a shorter one');
}]);
