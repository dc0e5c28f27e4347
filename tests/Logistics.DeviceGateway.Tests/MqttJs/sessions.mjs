// Sessions that outlive connections, takeover, wills, expiry: the gateway's clock is moved, never waited for.
import { die, equal, fence, fresh, leave, messages, open, pass, publish, subscribe, until } from './lab.mjs';

export const cases = [];
const durable = (clientId, seconds = 60) => ({ clientId, clean: false, properties: { sessionExpiryInterval: seconds } });

for (const protocolVersion of [4, 5]) {
  const version = `v${protocolVersion}`;
  const kept = (clientId) => (protocolVersion === 5 ? durable(clientId) : { clientId, clean: false, protocolVersion });

  cases.push([`${version} a durable session keeps messages while its client is away, in order`, async () => {
    const [id, topic] = [fresh('durable'), fresh('away')];
    const first = await open(kept(id));
    equal(first.ack.sessionPresent, false, 'session present at first');
    await subscribe(first, topic);
    await leave(first);
    const writer = await open();
    for (const [payload, qos] of [['a', 1], ['b', 2], ['c', 1]]) await publish(writer, topic, payload, { qos });
    const again = await open(kept(id));
    equal(again.ack.sessionPresent, true, 'session present on return');
    await messages(again, 3);
    equal(again.arrived.map((m) => m.payload.toString()), ['a', 'b', 'c'], 'messages');
    await leave(again);
    const clean = await open({ clientId: id, protocolVersion, clean: true });
    equal(clean.ack.sessionPresent, false, 'session present after a clean start');
    await fence(clean);
    equal(clean.got, [], 'messages after a clean start');
  }]);

  cases.push([`${version} what was not acknowledged comes again, marked as a repeat`, async () => {
    const [id, topic] = [fresh('redelivery'), fresh('unacknowledged')];
    const first = await open(kept(id));
    // Never calling back, it never lets the PUBACK go.
    first.handleMessage = () => {};
    await subscribe(first, topic, { qos: 1 });
    await publish(await open(), topic, 'x', { qos: 1 });
    await until(() => first.arrived.length === 1, () => 'the message');
    await die(first);
    const again = await open(kept(id));
    await messages(again, 1);
    await fence(again);
    equal(again.arrived.slice(0, 1).map((m) => [m.payload.toString(), m.dup]), [['x', true]], 'repeat');
    equal(again.got.length, 1, 'messages');
  }]);

  cases.push([`${version} will: published when the connection breaks, not after DISCONNECT`, async () => {
    const watcher = await open();
    const topic = fresh('will');
    await subscribe(watcher, topic);
    const will = (payload) => ({ protocolVersion, will: { topic, payload, qos: 1, retain: false } });
    await leave(await open(will('left')));
    await die(await open(will('died')));
    await messages(watcher, 1);
    await fence(watcher);
    equal(watcher.got.map((m) => m.payload), ['died'], 'wills');
  }]);
}

cases.push(['v5 a retained will is there for those who come later', async () => {
  const topic = fresh('will');
  const watcher = await open();
  await subscribe(watcher, topic);
  await die(await open({ will: { topic, payload: 'died', qos: 1, retain: true } }));
  await messages(watcher, 1);
  const late = await open();
  await subscribe(late, topic);
  await messages(late, 1);
  equal(late.got.map((m) => [m.payload, m.retain]), [['died', true]], 'retained will');
  await publish(watcher, topic, '', { qos: 1, retain: true });
}]);

cases.push(['v5 DISCONNECT 0x04 publishes the will', async () => {
  const watcher = await open();
  const topic = fresh('will');
  await subscribe(watcher, topic);
  await leave(await open({ will: { topic, payload: 'x', qos: 1 } }), { reasonCode: 4 });
  await messages(watcher, 1);
}]);

cases.push(['v5 a will waits for its delay, and a return in time calls it off', async () => {
  const watcher = await open();
  const topic = fresh('will');
  await subscribe(watcher, topic);
  const mortal = (name) => ({ ...durable(fresh(name)), will: { topic, payload: name, qos: 1, properties: { willDelayInterval: 10 } } });
  const saved = mortal('saved');
  await die(await open(mortal('lost')));
  await die(await open(saved));
  await pass(8);
  await fence(watcher);
  equal(watcher.got, [], 'before the delay');
  await open({ ...saved, will: undefined });
  await pass(4);
  await messages(watcher, 1);
  await fence(watcher);
  equal(watcher.got.map((m) => m.payload), ['lost'], 'after the delay');
}]);

cases.push(['v5 the end of the session publishes the will before its delay', async () => {
  const watcher = await open();
  const topic = fresh('will');
  await subscribe(watcher, topic);
  await die(await open({ ...durable(fresh('short'), 3), will: { topic, payload: 'x', qos: 1, properties: { willDelayInterval: 300 } } }));
  await fence(watcher);
  equal(watcher.got, [], 'before the session ends');
  await pass(5);
  await messages(watcher, 1);
}]);

cases.push(['v5 sessions end when their time is up, and at once without any', async () => {
  const id = fresh('expiring');
  const isPresent = async (seconds) => { const client = await open(durable(id, seconds)); await leave(client); return client.ack.sessionPresent; };
  equal(await isPresent(30), false, 'new');
  await pass(20);
  equal(await isPresent(30), true, 'within its time');
  await pass(35);
  equal(await isPresent(0), false, 'after its time');
  equal(await isPresent(0), false, 'without any time');
}]);

cases.push(['v5 DISCONNECT may shorten the session', async () => {
  const id = fresh('shortened');
  await leave(await open(durable(id, 3600)), { properties: { sessionExpiryInterval: 5 } });
  await pass(7);
  equal((await open(durable(id))).ack.sessionPresent, false, 'session present');
}]);

cases.push(['v5 takeover: the first connection is told 0x8E', async () => {
  const id = fresh('taken');
  const first = await open({ clientId: id });
  const second = await open({ clientId: id });
  await until(() => first.dis, () => 'a DISCONNECT');
  equal(first.dis.reasonCode, 0x8E, 'reason');
  await fence(second);
}]);

cases.push(['v5 messages expire while they wait, the rest say how long they have', async () => {
  const [id, topic] = [fresh('late'), fresh('expiry')];
  const first = await open(durable(id, 600));
  await subscribe(first, topic);
  await leave(first);
  const writer = await open();
  await publish(writer, topic, 'short', { qos: 1, properties: { messageExpiryInterval: 5 } });
  await publish(writer, topic, 'long', { qos: 1, properties: { messageExpiryInterval: 100 } });
  await pass(10);
  const again = await open(durable(id, 600));
  await messages(again, 1);
  await fence(again);
  equal(again.got.map((m) => [m.payload, m.properties.messageExpiryInterval]), [['long', 90]], 'messages');
}]);

cases.push(['v5 silence for one and a half times the keep-alive ends the connection', async () => {
  const [silent, talking] = [await open({ keepalive: 20 }), await open({ keepalive: 0 })];
  await pass(29);
  await fence(talking);
  equal(silent.connected, true, 'connected after 29 s');
  await pass(3);
  await until(() => !silent.connected, () => 'the end of the silent connection');
  equal(silent.dis?.reasonCode, 0x8D, 'reason');
  await fence(talking);
}]);
