import type { CompartmentView } from '../../api/devices-contract';
import { t, tx } from '../../i18n';
import { cabinetLayout, type Box } from '../../model/devices';

const UNIT = 26, WIDTH = 62, GAP = 3, FRAME = 8, SWING = 11;

interface Props { label: string; compartments: readonly CompartmentView[]; selected: string | null; onSelect: (label: string) => void }

/** The cabinet from the front: each door with its three facts – open or closed, full or empty, in service or not. */
export function Cabinet({ label, compartments, selected, onSelect }: Props) {
  const { boxes, columns, units } = cabinetLayout(compartments);
  if (boxes.length === 0) return <p class="muted">{t('device.noCompartments')}</p>;
  const width = columns * (WIDTH + GAP) - GAP + 2 * FRAME + SWING, height = units * UNIT + 2 * FRAME;
  return (
    <div class="cabinet">
      <div class="cabinet-scroll"><svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={label}>
        <defs><pattern id="cabinet-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6" class="cabinet-hatch" /></pattern></defs>
        <rect class="cabinet-frame" x="1" y="1" width={width - SWING - 2} height={height - 2} rx="5" />
        {boxes.map((box) => <Door key={box.compartment.label} box={box} isSelected={box.compartment.label === selected} onSelect={onSelect} />)}
      </svg></div>
      <ul class="cabinet-key muted small" aria-hidden="true">
        <li><i class="key-full" />{t('occupied.full')}</li><li><i class="key-empty" />{t('occupied.empty')}</li><li><i class="key-unknown" />{t('occupied.unknown')}</li><li><i class="key-open" />{t('door.open')}</li><li><i class="key-out" />{t('device.outOfService')}</li>
      </ul>
    </div>
  );
}

function Door({ box, isSelected, onSelect }: { box: Box; isSelected: boolean; onSelect: (label: string) => void }) {
  const c = box.compartment;
  const x = FRAME + box.column * (WIDTH + GAP), y = FRAME + box.y * UNIT, h = box.height * UNIT - GAP;
  const content = c.isOccupied === null ? 'unknown' : c.isOccupied ? 'full' : 'empty';
  const isOut = c.service === 'blocked' || c.service === 'faulty';
  const words = describe(c);
  const pick = () => onSelect(c.label);
  return (
    <g class={`door ${content}${isSelected ? ' on' : ''}${c.isMissing ? ' missing' : ''}`} role="button" tabIndex={0} aria-label={words} aria-pressed={isSelected} data-compartment={c.label} data-door={c.door ?? 'none'} data-occupied={content} data-service={c.service ?? 'none'}
      onClick={pick} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } }}>
      <title>{words}</title>
      <rect class="door-box" x={x} y={y} width={WIDTH} height={h} rx="2" />
      {isOut && <rect x={x} y={y} width={WIDTH} height={h} rx="2" fill="url(#cabinet-hatch)" />}
      {content === 'full' && <path class="door-parcel" d={`M${x + WIDTH - 22} ${y + h - 16}h14v11h-14zM${x + WIDTH - 22} ${y + h - 12}h14M${x + WIDTH - 15} ${y + h - 16}v4`} />}
      {c.door === 'open' && <path class="door-leaf" d={`M${x + WIDTH} ${y}l${SWING} 4v${h - 8}l-${SWING} 4z`} />}
      <text x={x + 6} y={y + 15}>{c.label}</text>
      {c.service === 'faulty' && <text class="door-mark" x={x + WIDTH - 12} y={y + 15}>!</text>}
      {c.service === 'blocked' && <text class="door-mark" x={x + WIDTH - 14} y={y + 15}>×</text>}
    </g>
  );
}

/** One line for the tip and for screen readers. */
function describe(c: CompartmentView): string {
  const parts = [c.size ? `${c.label} (${c.size})` : c.label, tx('door', c.door ?? 'unknown'), t(c.isOccupied === null ? 'occupied.unknown' : c.isOccupied ? 'occupied.full' : 'occupied.empty')];
  if (c.service) parts.push(tx('compartmentService', c.service));
  if (c.parcel) parts.push(c.parcel);
  return parts.join(' · ');
}
