import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AccessRule, Network, TerminalLoad } from '../../api/contract';
import { canEdit, day, setUrl, url } from '../../app-state';
import { Icon } from '../../components/icon';
import { WorkPanes } from '../../components/panes';
import { Empty, Loading, Problem } from '../../components/states';
import { Tabs } from '../../components/tabs';
import { useData } from '../../components/use-data';
import { t } from '../../i18n';
import type { CityMap } from '../../map/city-map';
import { MapView } from '../../map/map-view';
import { ruleInWords } from '../../model/rule-words';
import { leave } from '../../unsaved';
import { EntityEditor } from './entity-editor';
import { NetworkList } from './network-list';
import { blankOf, KINDS, type NetworkKind } from './network-kinds';
import { RuleEditor } from './rule-editor';

/** Terminals, vehicles, couriers, partners, hubs and access rules; edited beside the map they are drawn on. */
export function NetworkPage() {
  const network = useData<Network>(`/api/network?day=${day.value}`);
  const [map, setMap] = useState<CityMap | null>(null);
  const [fresh, setFresh] = useState<NetworkKind | null>(null);
  const asked = url.value.values['tab'] as NetworkKind | undefined;
  const kind: NetworkKind = asked && KINDS.includes(asked) ? asked : 'terminals';
  const selectedId = url.value.values['sel'] ?? null;
  const data = network.data;

  const loads = useMemo<TerminalLoad[]>(() => (data?.terminals ?? []).map((terminal) => ({ terminalId: terminal.id, name: terminal.name, kind: terminal.kind, at: terminal.at, district: terminal.district, planned: 0, capacity: 0, bySize: [] })), [data]);
  useEffect(() => { if (map && data) { map.setTerminals(loads); map.setZones(data.accessRules); map.setHubs(data.hubs); } }, [map, data, loads]);
  useEffect(() => map?.select({ hubId: kind === 'hubs' ? selectedId : null, terminalId: kind === 'terminals' ? selectedId : null, zoneId: kind === 'accessRules' ? selectedId : null }), [map, kind, selectedId, data]);

  if (network.error && !data) return <Problem error={network.error} onRetry={network.reload} />;
  if (!data) return <Loading />;

  const selected = fresh ? blankOf(fresh, data) : (data[kind] as { id: string }[]).find((item) => item.id === selectedId) ?? null;
  const close = () => leave(() => { setFresh(null); setUrl({ sel: '' }); });
  const saved = (id: string) => { setFresh(null); setUrl({ sel: id }); network.reload(); };
  const open = (tab: NetworkKind, id: string) => { if (fresh !== null || tab !== kind || id !== selectedId) leave(() => { setFresh(null); setUrl({ tab, sel: id }); }); };

  return (
    <div class="plan-page">
      <header class="toolbar">
        <Tabs<NetworkKind> label={t('page.network')} value={kind} onChange={(next) => open(next, '')} tabs={KINDS.map((id) => ({ id, label: t(`network.${id}`), count: data[id].length }))} />
        <span class="grow" />
        {canEdit.value && <button class="button" onClick={() => leave(() => { setUrl({ sel: '' }); setFresh(kind); })}><Icon name="plus" size={14} /> {t(`network.add.${kind}`)}</button>}
      </header>
      <WorkPanes
        left={<NetworkList kind={kind} network={data} selected={selectedId} onSelect={(id) => open(kind, id)} onZoom={(points) => map?.fit(points)} />}
        middle={<MapView label={t('network.map')} onReady={setMap}
          onSelect={(hit) => { if (hit?.kind === 'terminal') open('terminals', hit.id); else if (hit?.kind === 'hub') open('hubs', hit.id); else if (hit?.kind === 'zone') open('accessRules', hit.id); }}
          describe={(hit) => {
            if (hit.kind === 'terminal') return data.terminals.find((terminal) => terminal.id === hit.id)?.name ?? null;
            if (hit.kind === 'hub') return data.hubs.find((hub) => hub.id === hit.id)?.name ?? null;
            if (hit.kind === 'zone') { const rule = data.accessRules.find((candidate) => candidate.id === hit.id); return rule ? ruleInWords(rule) : null; }
            return null;
          }} />}
        right={selected === null ? <Empty icon="network" title={t('network.pick')}>{t('network.pickHint')}</Empty>
          : kind === 'accessRules' ? <RuleEditor key={selected.id} rule={selected as AccessRule} isNew={fresh !== null} network={data} map={map} onSaved={saved} onClose={close} />
          : <EntityEditor key={`${kind}.${selected.id}`} kind={kind} entity={selected} isNew={fresh !== null} network={data} onSaved={saved} onClose={close} />}
      />
    </div>
  );
}
