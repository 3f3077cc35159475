/** The entry of the small window with one field: whom to call. */
import { mount } from 'svelte';
import { carrierOfPage } from './bridge/connect.ts';
import { HostConnection } from './bridge/host-connection.svelte.ts';
import { Stores } from './state/stores.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';
import DialWindow from './windows/DialWindow.svelte';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no place for the window');

const connection = new HostConnection(carrierOfPage('dial'));
const stores = new Stores(connection, 'dial');
stores.start();
connection.start();
mount(DialWindow, { target, props: { stores } });
