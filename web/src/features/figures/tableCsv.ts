// A figure table as rows of a sheet: one line a figure, counts as numbers. Pure.
import type { FigureCellView, FigureTableView } from "@/api/contract";
import { pointsText } from "@/ui/points";

export interface TableWords {
  head: string[];
  category: (code: string) => string;
  total: string;
  outside: string;
}

export function tableRows(figures: FigureTableView, words: TableWords): (string | number)[][] {
  const rows: (string | number)[][] = [words.head];
  const add = (category: string, place: string, cell: FigureCellView): void => {
    if (cell.denominator === 0) return;
    rows.push([category, place, cell.numerator, cell.denominator, cell.percent_text ?? "", pointsText(cell.change_points), cell.rank ?? ""]);
  };
  for (const row of figures.rows) {
    const name = words.category(row.category);
    add(name, words.total, row.total);
    for (const place of row.cities) add(name, place.name, place.cell);
    add(name, words.outside, row.outside_cities);
  }
  add(words.total, words.total, figures.total);
  for (const place of figures.by_city_total) add(words.total, place.name, place.cell);
  add(words.total, words.outside, figures.outside_cities);
  return rows;
}
