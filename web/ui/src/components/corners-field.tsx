import { useState } from 'preact/hooks';
import type { LonLat } from '../api/contract';
import { t } from '../i18n';
import { formatCorners, parseCorners } from '../model/corners';

/** A polygon as text, beside the pen on the map: for who has no pointer, or has the corners from somewhere else. */
export function CornersField({ corners, onChange }: { corners: readonly LonLat[]; onChange: (corners: LonLat[]) => void }) {
  const [typed, setTyped] = useState<string | null>(null);

  function read(field: HTMLTextAreaElement) {
    setTyped(field.value);
    const next = parseCorners(field.value);
    field.setCustomValidity(next ? '' : t('corners.invalid'));
    if (next) onChange(next);
  }

  return (
    <details class="corners">
      <summary>{t('corners.title')}</summary>
      <textarea rows={6} spellcheck={false} aria-label={t('corners.title')} placeholder="116.3912, 39.9065" value={typed ?? formatCorners(corners)} onInput={(event) => read(event.currentTarget)} onBlur={(event) => { if (event.currentTarget.validity.valid) setTyped(null); }} />
      <small class="muted">{t('corners.hint')}</small>
    </details>
  );
}
