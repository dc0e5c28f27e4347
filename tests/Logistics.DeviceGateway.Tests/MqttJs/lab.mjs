// What the cases have in common: clients of MQTT.js, waiting, comparing, and the clock of the gateway under test.
import mqtt from 'mqtt';

const [url, clock] = process.argv.slice(2);
const PATIENCE_MS = 15_000;
let clients = [];
let count = 0;

/** A new topic or client identifier, used by nobody else. */
export const fresh = (name) => `${name}-${++count}`;

/**
 * Connects; resolves when the broker accepted. `got` are its messages, `arrived` their packets in the order of the wire (MQTT.js hands QoS 2
 * out at PUBREL), `ack` the CONNACK, `dis` a DISCONNECT from the broker.
 */
export function open(options = {}) {
  const client = mqtt.connect(url, { reconnectPeriod: 0, protocolVersion: 5, keepalive: 0, clientId: fresh('client'), rejectUnauthorized: false, ...options });
  clients.push(client);
  [client.got, client.arrived] = [[], []];
  client.on('message', (topic, payload, packet) => client.got.push({ topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain, properties: packet.properties ?? {} }));
  client.on('packetreceive', (packet) => {
    if (packet.cmd === 'connack') client.ack = packet;
    if (packet.cmd === 'publish') client.arrived.push(packet);
  });
  client.on('disconnect', (packet) => { client.dis = packet; });
  return within(`connecting ${client.options.clientId}`, new Promise((resolve, reject) => { client.once('connect', () => resolve(client)); client.once('error', reject); }));
}

/** Subscribes; resolves to the granted codes. */
export const subscribe = (client, filter, options = { qos: 2 }) => within(`SUBACK of ${filter}`, new Promise((resolve) => {
  client.subscribe(filter, options, (error, granted, packet) => resolve(packet?.granted ?? granted?.map((one) => one.qos) ?? [error.code ?? 128]));
}));

/** Publishes; resolves to the last packet of the exchange. */
export const publish = (client, topic, payload, options = {}) => within(`acknowledgement of ${topic}`, new Promise((resolve, reject) => {
  client.publish(topic, payload, options, (error, packet) => (error ? reject(error) : resolve(packet)));
}));

/** Unsubscribes; resolves to the reason codes of UNSUBACK. */
export const unsubscribe = (client, filters) => within(`UNSUBACK of ${filters}`, new Promise((resolve) => {
  client.once('packetreceive', (packet) => resolve([...(packet.granted ?? [])]));
  client.unsubscribe(filters);
}));

/** DISCONNECT, and wait until both sides know of the end of the connection. */
export async function leave(client, options) {
  await within('leaving', new Promise((resolve) => (options ? client.end(false, options, resolve) : client.end(false, resolve))));
  await pass(0);
}

/** Tears the connection off without a word, and waits until the gateway knows. */
export async function die(client) {
  await within('dying', new Promise((resolve) => { client.once('close', resolve); client.stream.destroy(); }));
  await pass(0);
}

/** Waits for n messages; fails with what came instead. */
export async function messages(client, n) {
  await until(() => client.got.length >= n, () => `${n} messages, got ${JSON.stringify(client.got)}`);
  return client.got;
}

/** Sends a message to the client itself, so that whatever the broker sent before has arrived. */
export async function fence(client) {
  const topic = fresh('fence');
  let isBack = false;
  const listen = (at) => { if (at === topic) isBack = true; };
  client.on('message', listen);
  await subscribe(client, topic, { qos: 1 });
  await publish(client, topic, '', { qos: 1 });
  await until(() => isBack, () => 'the fence');
  client.off('message', listen);
  client.got = client.got.filter((message) => message.topic !== topic);
}

/** Moves the gateway's clock once it has no more connections than we have; returns when everything due has been applied. */
export async function pass(seconds) {
  const connected = clients.filter((client) => client.connected).length;
  const answer = await within(`the clock and ${connected} connections`, fetch(`${clock}?seconds=${seconds}&connected=${connected}`, { method: 'POST' }));
  if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
}

export async function until(condition, expected) {
  const end = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${expected()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function equal(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

/** Runs a case, writes one line of JSON about it, and drops its clients. */
export async function run(name, body) {
  let error = null;
  try {
    await body();
  } catch (problem) {
    error = String(problem?.message ?? problem);
  }
  for (const client of clients) client.end(true);
  clients = [];
  process.stdout.write(`${JSON.stringify({ name, error })}\n`);
}

function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE_MS); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
