import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Radio,
  Switch,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';
import { autofocusFollows } from './autofocus-follows.ts';
import fields from './fields.module.css';
import floating from './floating.module.css';

/** Mantine wants ten shades; every one is our token, so that light, dark and high contrast come from one place. */
const shades = (token: string): MantineColorsTuple => {
  const shade = `var(--${token})`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
};

/** One filled button a screen: `filled`. The rest are `default` (edge) or `subtle` (no edge). */
const buttonColors: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'breach';
  if (variant === 'filled') {
    return {
      background: danger ? 'var(--breach)' : 'var(--accent)',
      hover: danger ? 'var(--breach)' : 'var(--accent-strong)',
      color: danger ? 'var(--on-breach)' : 'var(--on-accent)',
      border: 'var(--border-width) solid transparent',
    };
  }
  const color2 = danger ? 'var(--breach)' : 'var(--ink)';
  if (variant === 'subtle' || variant === 'transparent') {
    return { background: 'transparent', hover: 'var(--hover)', color: color2, border: 'none' };
  }
  return {
    background: 'var(--surface)',
    hover: 'var(--hover)',
    color: color2,
    border: 'var(--border-width) solid var(--edge)',
  };
};

/** What floats stays inside the landmark or dialog it belongs to, so that nothing is read out of place; never clipped. */
const inPlace = { withinPortal: false, floatingStrategy: 'fixed' } as const;

export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '8px', xl: '8px' },
  defaultRadius: 'md',
  colors: { brass: shades('accent'), breach: shades('breach') },
  primaryColor: 'brass',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '28px', lineHeight: '36px' },
      h2: { fontSize: '20px', lineHeight: '28px' },
      h3: { fontSize: '16px', lineHeight: '24px' },
    },
  },
  variantColorResolver: buttonColors,
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: fields.button ?? '' },
    }),
    Input: Input.extend({ classNames: { input: fields.input ?? '' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      classNames: { label: fields.label ?? '', description: fields.description ?? '', error: fields.error ?? '' },
    }),
    Checkbox: Checkbox.extend({
      classNames: { input: fields.checkbox ?? '', icon: fields.check ?? '', label: fields.checkboxLabel ?? '' },
    }),
    Radio: Radio.extend({
      classNames: {
        radio: fields.radio ?? '',
        icon: fields.check ?? '',
        label: fields.checkboxLabel ?? '',
        description: fields.description ?? '',
      },
    }),
    Switch: Switch.extend({
      defaultProps: { withThumbIndicator: false },
      classNames: { track: fields.track ?? '', thumb: fields.thumb ?? '', label: fields.checkboxLabel ?? '' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        transitionProps: { duration: 0 },
        events: { hover: true, focus: true, touch: false },
        ...inPlace,
      },
      classNames: { tooltip: floating.tooltip ?? '' },
    }),
    Menu: Menu.extend({
      defaultProps: {
        transitionProps: { duration: 0 },
        shadow: 'none',
        withInitialFocusPlaceholder: false,
        ...inPlace,
      },
      classNames: { dropdown: floating.panel ?? '', item: floating.item ?? '', label: floating.label ?? '' },
    }),
    Popover: Popover.extend({
      defaultProps: { transitionProps: { duration: 0 } },
      classNames: { dropdown: floating.panel ?? '' },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 0 },
        shadow: 'none',
        onFocus: autofocusFollows,
        // A dialog's head is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      classNames: {
        content: floating.dialog ?? '',
        header: floating.dialogHeader ?? '',
        title: floating.dialogTitle ?? '',
        body: floating.dialogBody ?? '',
        close: floating.dialogClose ?? '',
        overlay: floating.overlay ?? '',
      },
    }),
  },
});

/** Mantine's own variables, answered by our tokens. */
const mapped = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-2)',
  '--mantine-color-error': 'var(--breach)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-disabled': 'var(--canvas)',
  '--mantine-color-disabled-color': 'var(--ink-2)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-wash)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: mapped, light: mapped, dark: mapped });
