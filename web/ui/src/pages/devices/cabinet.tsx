import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CompartmentView } from '../../api/devices-contract';
import { t, tx } from '../../i18n';
import { cabinetBanks, type Bank, type Box } from '../../model/devices';

const UNIT = 26, WIDTH = 48, GAP = 3, FRAME = 8, SWING = 11;

interface Props { label: string; compartments: readonly CompartmentView[]; selected: string | null; onSelect: (label: string) => void }

/** The cabinet from the front: each door with its three facts – open or closed, full or empty, in service or not. All of it is seen: what is too wide stands below. */
export function Cabinet({ label, compartments, selected, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(300);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const banks = useMemo(() => cabinetBanks(compartments, Math.max(2, Math.floor((room - 2 * FRAME - SWING + GAP) / (WIDTH + GAP)))), [compartments, room]);
  if (banks.length === 0) return <p class="muted">{t('device.noCompartments')}</p>;
  return (
    <div class="cabinet" ref={box}>
      <div class="cabinet-banks" role="group" aria-label={label}>{banks.map((bank, index) => <Front key={index} bank={bank} selected={selected} onSelect={onSelect} />)}</div>
      <ul class="cabinet-key muted small" aria-hidden="true">
        <li><i class="key-full" />{t('occupied.full')}</li><li><i class="key-empty" />{t('occupied.empty')}</li><li><i class="key-unknown" />{t('occupied.unknown')}</li><li><i class="key-open" />{t('door.open')}</li><li><i class="key-out" />{t('device.outOfService')}</li>
      </ul>
    </div>
  );
}

function Front({ bank, selected, onSelect }: { bank: Bank; selected: string | null; onSelect: (label: string) => void }) {
  const width = bank.columns * (WIDTH + GAP) - GAP + 2 * FRAME + SWING, height = bank.units * UNIT + 2 * FRAME;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="presentation">
      <defs><pattern id="cabinet-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6" class="cabinet-hatch" /></pattern></defs>
      <rect class="cabinet-frame" x="1" y="1" width={width - SWING - 2} height={height - 2} rx="5" />
      {bank.boxes.map((box) => <Door key={box.compartment.label} box={box} isSelected={box.compartment.label === selected} onSelect={onSelect} />)}
      {bank.boxes.filter((box) => box.compartment.door === 'open').map((box) => <Leaf key={box.compartment.label} box={box} />)}
    </svg>
  );
}

function Door({ box, isSelected, onSelect }: { box: Box; isSelected: boolean; onSelect: (label: string) => void }) {
  const c = box.compartment;
  const { x, y, h } = placeOf(box);
  const content = c.isOccupied === null ? 'unknown' : c.isOccupied ? 'full' : 'empty';
  const isOut = c.service === 'blocked' || c.service === 'faulty';
  const words = describe(c);
  const pick = () => onSelect(c.label);
  return (
    <g class={`door ${content}${c.door === 'open' ? ' open' : ''}${isSelected ? ' on' : ''}${c.isMissing ? ' missing' : ''}`} role="button" tabindex={0} aria-label={words} aria-pressed={isSelected} data-compartment={c.label} data-door={c.door ?? 'none'} data-occupied={content} data-service={c.service ?? 'none'}
      onClick={pick} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } }}>
      <title>{words}</title>
      <rect class="door-box" x={x} y={y} width={WIDTH} height={h} rx="2" />
      {isOut && <rect x={x} y={y} width={WIDTH} height={h} rx="2" fill="url(#cabinet-hatch)" />}
      {content === 'full' && <path class="door-parcel" d={`M${x + WIDTH - 16} ${y + h - 15}h12v10h-12zM${x + WIDTH - 16} ${y + h - 11.5}h12M${x + WIDTH - 10} ${y + h - 15}v3.5`} />}
      <text x={x + 9} y={y + 15}>{c.label}</text>
      {c.service === 'faulty' && <text class="door-mark" x={x + WIDTH - 12} y={y + 15}>!</text>}
      {c.service === 'blocked' && <text class="door-mark" x={x + WIDTH - 14} y={y + 15}>×</text>}
    </g>
  );
}

/** A door swung out to the right. Drawn after all boxes, because it stands in front of the neighbour. */
function Leaf({ box }: { box: Box }) {
  const { x, y, h } = placeOf(box);
  return <path class="door-leaf" d={`M${x + WIDTH} ${y}l${SWING} 4v${h - 8}l-${SWING} 4z`} />;
}

function placeOf(box: Box): { x: number; y: number; h: number } {
  return { x: FRAME + box.column * (WIDTH + GAP), y: FRAME + box.y * UNIT, h: box.height * UNIT - GAP };
}

/** One line for the tip and for screen readers. */
function describe(c: CompartmentView): string {
  const parts = [c.size ? `${c.label} (${c.size})` : c.label, tx('door', c.door ?? 'unknown'), t(c.isOccupied === null ? 'occupied.unknown' : c.isOccupied ? 'occupied.full' : 'occupied.empty')];
  if (c.service) parts.push(tx('compartmentService', c.service));
  if (c.parcel) parts.push(c.parcel);
  return parts.join(' · ');
}
