import { useEffect, useRef, useState } from 'preact/hooks';
import { shownAddress } from '../api/map-style';
import { isDark, me, noteUrl, url } from '../app-state';
import { t } from '../i18n';
import { CityMap, type MapHit } from './city-map';

interface Props {
  label: string;
  onReady: (map: CityMap) => void;
  onSelect?: (hit: MapHit | null) => void;
  onHover?: (hit: MapHit | null) => void;
  describe?: (hit: MapHit) => string | null;
  isViewInUrl?: boolean;
  /** Whether the page draws access zones, which can then be hidden. */
  drawsZones?: boolean;
}

/** Mounts the map once and lends it to the page; the page drives it through the CityMap object. */
export function MapView({ label, onReady, onSelect, onHover, describe, isViewInUrl = true, drawsZones = true }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap | null>(null);
  const [tip, setTip] = useState<{ text: string; x: number; y: number } | null>(null);
  const [hasZones, setHasZones] = useState(() => localStorage.getItem('map.zones') !== 'off');
  const [failure, setFailure] = useState<string | null>(null);
  const [fallback, setFallback] = useState<string | null>(null);
  const latest = useRef({ onSelect, onHover, describe });
  latest.current = { onSelect, onHover, describe };

  useEffect(() => {
    const area = me.value?.area;
    if (!box.current || !area) return;
    let city: CityMap;
    try {
      city = new CityMap(box.current, area, isDark.value, isViewInUrl ? (url.value.values['at'] ?? null) : null, { title: label, zoomIn: t('map.zoomIn'), zoomOut: t('map.zoomOut') });
    } catch {
      setFailure(t('map.noWebGl'));
      return;
    }
    city.onClick = (hit) => latest.current.onSelect?.(hit);
    city.onHover = (hit, x, y) => {
      latest.current.onHover?.(hit);
      const text = hit ? (latest.current.describe?.(hit) ?? null) : null;
      setTip(text ? { text, x, y } : null);
    };
    if (isViewInUrl) city.onView = (at) => noteUrl({ at });
    const observer = new ResizeObserver(() => city.resize());
    observer.observe(box.current);
    city.onBaseFailed = (fault) => setFallback(t('map.baseFailed', { address: shownAddress(area.tileStyleUrl ?? ''), reason: fault.kind === 'status' ? t('map.baseStatus', { status: fault.status }) : t(`map.${fault.kind}`) }));
    city.showZones(hasZones);
    setMap(city);
    onReady(city);
    return () => { observer.disconnect(); city.remove(); };
  }, []);

  function setZones(isShown: boolean) {
    setHasZones(isShown);
    localStorage.setItem('map.zones', isShown ? 'on' : 'off');
  }

  const dark = isDark.value;
  useEffect(() => map?.setTheme(dark), [map, dark]);

  return (
    <div class="map" role="group" aria-label={label}>
      <div ref={box} class="map-canvas" />
      {failure && <div class="map-failure" role="alert">{failure}</div>}
      {fallback && <p class="map-note" role="status"><span>{fallback}</span> <button class="icon-button" aria-label={t('action.close')} onClick={() => setFallback(null)}>×</button></p>}
      {map && (
        <div class="map-tools">
          <button class="button small" onClick={() => map.fitArea()}>{t('map.fit')}</button>
          {drawsZones && <button class={hasZones ? 'button small on' : 'button small'} aria-pressed={hasZones} onClick={() => { setZones(!hasZones); map.showZones(!hasZones); }}>{t('map.zones')}</button>}
        </div>
      )}
      {tip && <div class="map-tip" style={{ left: `${tip.x + 14}px`, top: `${tip.y + 10}px` }}>{tip.text}</div>}
    </div>
  );
}
