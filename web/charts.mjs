// The part of Apache ECharts that the desk and the briefs draw with; a chart of another kind is one more word in both lists.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart, LinesChart, ScatterChart } from "echarts/charts";
import {
  AxisPointerComponent, DataZoomInsideComponent, GeoComponent, GridComponent, LegendPlainComponent,
  MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapPiecewiseComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart, HeatmapChart, LineChart, LinesChart, ScatterChart,
  AxisPointerComponent, DataZoomInsideComponent, GeoComponent, GridComponent, LegendPlainComponent,
  MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapPiecewiseComponent,
  SVGRenderer,
]);
export const { getInstanceByDom, init, registerMap, version } = echarts;
