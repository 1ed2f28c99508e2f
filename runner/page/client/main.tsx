import { render } from 'preact';
import { App } from './app';
import { connect } from './store/connection';
import { begin } from './store/workbook';

const place = document.getElementById('page');
if (place) {
  render(<App />, place);
  connect();
  void begin();
}
