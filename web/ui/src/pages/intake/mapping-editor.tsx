import type { ImportPreview } from '../../api/contract';
import { language } from '../../app-state';
import { t } from '../../i18n';

/** The mapping with one column given another meaning: a field takes one column, a column at most one field. */
function remap(mapping: Record<string, string | null>, header: string, field: string): Record<string, string | null> {
  const cleared = Object.fromEntries(Object.entries(mapping).map(([name, taken]) => [name, taken === header ? null : taken]));
  return field === '' ? cleared : { ...cleared, [field]: header };
}

/** Which column means what, above the first rows of the file. */
export function MappingEditor({ preview, isBusy, onMap }: { preview: ImportPreview; isBusy: boolean; onMap: (mapping: Record<string, string | null>) => void }) {
  const meaning = (header: string) => preview.fields.find((field) => preview.mapping[field.name] === header)?.name ?? '';
  return (
    <div class="mapping">
      <table class="plain">
        <thead>
          <tr>{preview.headers.map((header) => (
            <th key={header}>
              <span class="mapping-header">{header}</span>
              <select aria-label={t('intake.columnMeans', { column: header })} disabled={isBusy} value={meaning(header)} class={meaning(header) ? 'mapped' : ''} onChange={(event) => onMap(remap(preview.mapping, header, event.currentTarget.value))}>
                <option value="">{t('intake.ignore')}</option>
                {preview.fields.map((field) => <option key={field.name} value={field.name}>{language.value === 'zh' ? field.labelZh : field.labelEn}{field.required ? ' *' : ''}</option>)}
              </select>
            </th>
          ))}</tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, 12).map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column} title={cell}>{cell}</td>)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}
