/** The entry of the card in the corner of the screen: the calls that wait for an answer. */
import { mount } from 'svelte';
import { carrierOfPage } from './bridge/connect.ts';
import { HostConnection } from './bridge/host-connection.svelte.ts';
import { Stores } from './state/stores.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';
import IncomingWindow from './windows/IncomingWindow.svelte';

const target = document.querySelector('#app');
if (!target) throw new Error('the page has no place for the window');

const connection = new HostConnection(carrierOfPage('incoming'));
const stores = new Stores(connection, 'incoming');
stores.start();
connection.start();
mount(IncomingWindow, { target, props: { stores } });
