export { OffChart as default } from '@/components/shell/off-chart';
