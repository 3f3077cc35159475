/** The call window's entry: takes one call's media and shows the call. `call.html?call=…` */
import { mount } from 'svelte';
import * as v from 'valibot';
import { CallId } from '../common/model/ids.ts';
import { carrierOfPage } from './bridge/connect.ts';
import { HostConnection } from './bridge/host-connection.svelte.ts';
import { CallOwner } from './media/call-owner.svelte.ts';
import type { CallStatistics } from './media/statistics.ts';
import { Stores } from './state/stores.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';
import CallWindow from './windows/CallWindow.svelte';

declare global {
  interface Window {
    /** For diagnostics and tests: what this call's peer connection counts at the moment. */
    ahoyCallStatistics?: () => Promise<CallStatistics>;
  }
}

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no place for the window');

const wanted = v.safeParse(CallId, new URL(window.location.href).searchParams.get('call'));
if (!wanted.success) throw new Error('the address names no call');
const callId = wanted.output;

const connection = new HostConnection(carrierOfPage('call'));
const stores = new Stores(connection, 'call');
const owner = new CallOwner(callId, { microphoneId: null, cameraId: null, speakerId: null });
window.ahoyCallStatistics = () => owner.statistics();
window.addEventListener('pagehide', () => {
  owner.stop();
  connection.stop();
});
stores.start();
connection.start();
mount(CallWindow, { target, props: { stores, owner, callId } });
