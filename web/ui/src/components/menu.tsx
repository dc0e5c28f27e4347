import { Icon } from './icon';

export interface MenuItem { label: string; href: string; isNewTab?: boolean }

/** A drop-down of links on the platform's own details element. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  return (
    <details class="menu" onKeyDown={(event) => { if (event.key === 'Escape' && event.currentTarget.open) { event.stopPropagation(); event.currentTarget.open = false; event.currentTarget.querySelector('summary')?.focus(); } }} onFocusOut={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) event.currentTarget.open = false; }}>
      <summary class="button">{label} <Icon name="down" size={13} /></summary>
      <ul>
        {items.map((item) => (
          <li key={item.href}><a href={item.href} {...(item.isNewTab ? { target: '_blank', rel: 'noopener' } : { download: '' })}>{item.label}</a></li>
        ))}
      </ul>
    </details>
  );
}
