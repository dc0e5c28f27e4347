import type { ImportPreview } from '../../api/contract';
import { language } from '../../app-state';
import { t } from '../../i18n';

/** Which column means what, above the first rows of the file. */
export function MappingEditor({ preview, isBusy, onMap }: { preview: ImportPreview; isBusy: boolean; onMap: (mapping: Record<string, string | null>) => void }) {
  return (
    <div class="mapping">
      <table class="plain">
        <thead>
          <tr>{preview.headers.map((header) => (
            <th key={header}>
              <span class="mapping-header">{header}</span>
              <select aria-label={t('intake.columnMeans', { column: header })} disabled={isBusy} value={preview.mapping[header] ?? ''} class={preview.mapping[header] ? 'mapped' : ''} onChange={(event) => onMap({ ...preview.mapping, [header]: event.currentTarget.value === '' ? null : event.currentTarget.value })}>
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
